import { expect, test } from 'vitest'
import type { Analysis } from '../../src/finding/analysis.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { code, fenced, table, text } from '../../src/report/markdown-text.ts'
import { analysisOf, failingHost, fleetAnalysis, healthyHost } from '../support/analysis.ts'
import { evidence, fixtureLanguage, listenerKeyUnusable } from '../support/finding.ts'

function report(analysis: Analysis): string {
  return renderMarkdown(analysis, { language: fixtureLanguage })
}

/** Rows of every table, each cut at the pipes a Markdown reader would cut it at. */
function tableRows(markdown: string): string[][] {
  return markdown
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').slice(1, -1))
}

test('renderMarkdown() says what the text says: verdict, evidence, why, repair, absence, coverage, inputs', () => {
  const markdown = report(analysisOf([failingHost()]))
  const order = [
    '# RDP report: RDS01',
    '## RDS01',
    '├─',
    '### PROBABLE: The RDP listener cannot use its private key',
    '`listener-key-unusable` · since 2026-03-13 16:02:10 UTC, for 17 h 38 min · 7 triggers in all, the latest',
    '| trigger | 2026-03-14 09:02:31.381 | `RemoteConnectionManager 1058` | 48652 | `Status: 0x80070005 Access is denied` |',
    '… 4 more triggers, 29 more supports',
    '- ✓ 7 failures (1058)',
    '| file of the private key | not collected |',
    '#### Certain if',
    '#### Repair on the attached disk: give the key back to the service',
    '1. Take a snapshot of the disk.',
    '   ```text\n   icacls "F:\\ProgramData\\Microsoft\\Crypto\\RSA\\MachineKeys\\f686',
    '#### Repair on the running machine',
    '### NOT FOUND\n\n- `tls-policy-blocks-server` · Schannel 36871',
    '### NOT EVALUATED\n\n- `broker-out-of-step`',
    '### COVERAGE',
    '| `Microsoft-Windows-CAPI2/Operational` | empty |',
    '## INPUTS',
    '2 records damaged, 1 record recovered',
  ].map((part) => [part, markdown.indexOf(part)] as const)
  expect(order.filter(([, index]) => index < 0)).toEqual([])
  expect(order.map(([, index]) => index)).toEqual(order.map(([, index]) => index).sort((a, b) => a - b))
})

test('renderMarkdown() of many hosts begins with a table of them', () => {
  const rows = tableRows(report(fleetAnalysis()))
  expect(rows.slice(2, 8).map(([host, verdict]) => `${host}${verdict}`.replace(/[ `]+/g, ' ').trim())).toEqual([
    'BROKER01 CONFIRMED',
    'RDS01 PROBABLE',
    'APP07 ?',
    'WEB03 HISTORIC',
    'SQL04 REFUTED',
    'RDS02 –',
  ])
})

test('renderMarkdown() of many hosts tells a shared repair once, at the end, and links to it', () => {
  const markdown = report(analysisOf([failingHost(), failingHost({ host: 'RDS09' })]))
  expect(markdown.match(/\[Repair of listener-key-unusable\]\(#repair-of-listener-key-unusable\)/g)).toHaveLength(2)
  expect(markdown.match(/#### Repair on the attached disk/g)).toHaveLength(1)
  expect(markdown.match(/Command Prompt \(cmd\), not PowerShell/g)).toHaveLength(1)
  const end = markdown.slice(markdown.indexOf('## REPAIR'))
  expect(end).toMatch(
    /### Repair of listener-key-unusable\n\n#### Repair on the attached disk: .*\n\nfor RDS01, RDS09\n/,
  )
})

test('renderMarkdown() names a log shortly in each row and lists its file once', () => {
  const markdown = report(analysisOf([failingHost()], { inputs: [], damage: [] }))
  expect(markdown).toMatch(/Access is denied` \| `System` \|/)
  expect(markdown.match(/RDS01\/Windows\/System32\/winevt\/Logs\/System\.evtx/g)).toHaveLength(1)
  expect(markdown).toContain('29 more supports: timeline.csv, but for 24: "evtxray timeline" writes every event\n')
})

test('renderMarkdown() of nothing and of a healthy host is short', () => {
  expect(report(analysisOf([], { inputs: [], damage: [] }))).toContain('nothing can be said about any host')
  expect(report(analysisOf([healthyHost('RDS02')], { inputs: [], damage: [] }))).toContain(
    '- **no known cause found; RDP worked**',
  )
})

test('renderMarkdown() of many hosts tells repairs that are nearly alike once, with letters for the rest', () => {
  const [offline, live] = listenerKeyUnusable().remediation
  const other = { ...offline!, steps: [{ ...offline!.steps[0]!, command: 'reg query G:' }] }
  const hosts = [
    failingHost(),
    failingHost({ host: 'RDS09', findings: [listenerKeyUnusable({ remediation: [other, live!] })] }),
  ]
  const markdown = report(analysisOf(hosts, { inputs: [], damage: [] }))
  expect(markdown.match(/#### Repair on the attached disk/g)).toHaveLength(1)
  expect(markdown).toContain('\n- \\[A\\] for RDS01\n- \\[B\\] for RDS09\n\nA step with letters')
  expect(markdown).toContain(
    '1. Take a snapshot of the disk.\n\n   \\[B\\]\n\n   ```text\n   reg query G:\n   ```\n2. \\[A\\] Let',
  )
})

test('renderMarkdown() lists what takes a repair back, each command in a fence of its own', () => {
  expect(report(analysisOf([failingHost()], { inputs: [], damage: [] }))).toContain(
    '\n\n1. Put the permissions back.\n\n   ```text\n   icacls "F:\\ProgramData\\Microsoft\\Crypto\\RSA\\MachineKeys" /restore C:\\saved.txt\n   ```\n2. A restart needs no undoing.',
  )
})

test('renderMarkdown() lets no event text become markup, a link, a cell or a line', () => {
  const bad =
    '<script>alert(1)</script>|x|`y`\r\n# owned [a](javascript:1) **b** https://evil.example @team \u202e\u001b[2J'
  const hostile = evidence('trigger', '2026-03-14T01:00', 5, {
    computer: bad,
    provider: bad,
    file: bad,
    decoded: { [bad]: bad },
  })
  const finding = listenerKeyUnusable({
    evidence: [hostile],
    remediation: [
      {
        where: 'live',
        title: { id: 'fixture.live', params: {} },
        steps: [{ text: { id: 'fixture.step.1', params: {} }, command: `x ${bad} \`\`\`` }],
      },
    ],
    checks: [{ id: bad, state: 'present', observed: bad, source: { file: bad, key: bad, value: bad } }],
  })
  const host = failingHost({
    host: bad,
    computers: [bad],
    coverage: [{ channel: bad, state: 'empty' }],
    findings: [finding],
  })
  const markdown = report(analysisOf([host, host], { inputs: [], damage: [] }))
  // What stands in a fence or a code span is shown as it is; all the rest must be free of markup.
  const outside = markdown.replace(/^( *)(`{3,})text\n[\s\S]*?\n\1\2$/gm, '').replace(/(?<!\\)`[^`\n]+`/g, '')
  // The one link that is ours leads to a repair in the same document.
  const unlinked = outside.replaceAll('[Repair of listener-key-unusable](#repair-of-listener-key-unusable)', '')
  expect(unlinked).not.toMatch(/<|https:\/\/|@team|(?<!\\)\[|(?<!\\)\*\*b/)
  expect(markdown).not.toMatch(/^# owned/m)
  expect(markdown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  for (const block of markdown.split('\n\n'))
    expect(new Set(tableRows(block).map((row) => row.length)).size).toBeLessThan(2)
})

test('text() escapes what Markdown would act on, and nothing else', () => {
  expect(text('MachineKeys\\f686_a *x* [y](z) <b> a|b').markdown).toBe(
    'MachineKeys\\\\f686\\_a \\*x\\* \\[y\\](z) &lt;b&gt; a&#124;b',
  )
  expect(text('- item').markdown).toBe('\\- item')
  expect(text('1. item').markdown).toBe('1\\. item')
  expect(text('# x').markdown).toBe('\\# x')
  expect(text('RDS01.contoso.local (a, b): 24 h').markdown).toBe('RDS01.contoso.local (a, b): 24 h')
})

test('code() shows a value as it is unless a code span cannot hold it', () => {
  expect(code('F:\\Windows <x>').markdown).toBe('`F:\\Windows <x>`')
  expect(code('a`b').markdown).toBe('a\\`b')
  expect(code('a|b').markdown).toBe('a&#124;b')
  expect(code(' ').markdown).toBe('')
})

test('fenced() takes a fence that nothing inside can close', () => {
  expect(fenced(['a', '````'])).toBe('`````text\na\n````\n`````')
  expect(fenced(['a'], 3)).toBe('   ```text\n   a\n   ```')
})

test('table() gives each row the cells it was given', () => {
  expect(table([text('a'), text('b')], [[text('1|2'), text('')]])).toBe('| a | b |\n| --- | --- |\n| 1&#124;2 |  |')
})
