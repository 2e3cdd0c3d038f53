import { sha256Base64 } from '../../bytes/digest.ts'
import type { Analysis, HostAnalysis } from '../../finding/analysis.ts'
import { periodSource } from '../host-card.ts'
import { byUrgency } from '../host-state.ts'
import type { Language } from '../language/language.ts'
import { type Voice, voiceOf } from '../language/voice.ts'
import { plainAnalysis } from '../plain.ts'
import { shortNames } from '../short-name.ts'
import { evidencePack } from './evidence-pack.ts'
import { fleet } from './fleet.ts'
import { headLine, pageTitle } from './head.ts'
import { hostSection } from './host-section.ts'
import { inputs } from './inputs.ts'
import { dataBlock, html, type Markup, policyElement, scriptBlock, styleBlock } from './markup.ts'
import type { PageContext } from './page-context.ts'
import { scenarioSection } from './scenario-section.ts'
import { SCRIPT } from './script.ts'
import { scriptSettings } from './script-settings.ts'
import { sharedWords } from './shared-words.ts'
import { STYLE } from './style.ts'
import { symbolSheet } from './symbols.ts'
import { terse } from './terse.ts'

/**
 * The report as one page that needs nothing else: no network, no other file, and no script to be read. Its own style
 * and script are the only ones that may act, by their hashes; event text is text wherever it stands. The same analysis
 * gives the same bytes.
 */
export function renderHtml(analysis: Analysis, options: { language: Language }): string {
  const full = voiceOf(options.language)
  const voice: Voice = { ...full, say: (sentence) => shortNames(full.say(sentence)) }
  const shown = plainAnalysis(analysis)
  const hosts = byUrgency(shown.hosts)
  const pack = evidencePack()
  const shared = sharedWords(hosts, voice)
  const period = hosts.length > 1 ? commonPeriod(hosts, shown.options, voice) : undefined
  const context: PageContext = { voice, options: shown.options, alone: hosts.length === 1, period, pack, shared }
  const sections = hosts.map((host, index) => hostSection(host, index, context))
  const rows = pack.data()
  const page = html`<html lang="${options.language.code}">
<head>
<meta charset="utf-8">
${policy()}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${pageTitle(hosts, context)}</title>
${styleBlock(STYLE)}
</head>
<body id="top">
${symbolSheet()}
<main>
${headLine(shown, hosts, context)}
${hosts.length > 1 && fleet(hosts, context)}
${sections}
${hosts.length > 1 && scenarioSection(hosts, context)}
${inputs(shown, context)}
</main>
${rows && dataBlock('evidence', rows)}
${dataBlock('settings', scriptSettings(voice))}
${scriptBlock(SCRIPT)}
</body>
</html>
`
  return `<!doctype html>\n${terse(page.text)}`
}

/** How the windows of the hosts were found; undefined when not all in the same way. */
function commonPeriod(hosts: readonly HostAnalysis[], options: Analysis['options'], voice: Voice): string | undefined {
  const sources = new Set(hosts.filter(({ windows }) => windows).map((host) => periodSource(host, options, voice)))
  return sources.size === 1 ? [...sources][0] : undefined
}

/** What the page may do: nothing but its own style and script. */
function policy(): Markup {
  const rules = [
    "default-src 'none'",
    `style-src 'sha256-${sha256Base64(STYLE)}'`,
    `script-src 'sha256-${sha256Base64(SCRIPT)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ]
  return policyElement(rules)
}
