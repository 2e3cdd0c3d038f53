import { expect, test } from 'vitest'
import type { Analysis } from '../../src/finding/analysis.ts'
import { unpainted } from '../../src/report/paint.ts'
import { renderText } from '../../src/report/text.ts'
import { analysisOf, failingHost, healthyHost, uncollectedHost } from '../support/analysis.ts'
import { fixtureLanguage, said } from '../support/finding.ts'

function report(analysis: Analysis): string {
  return renderText(analysis, { width: 80, paint: unpainted, language: fixtureLanguage })
}

test('renderText() tells what switches RDP off on the disk, of a sound host, a failing one, and one of many', () => {
  const alsoSeen = [said('fixture.also', 'Remote connections are switched off.')]
  const line = /\n {2}also seen +Remote connections are switched off\.\n/
  expect(report(analysisOf([healthyHost('RDS02', { alsoSeen })]))).toMatch(line)
  expect(report(analysisOf([failingHost({ alsoSeen })]))).toMatch(line)
  expect(report(analysisOf([failingHost(), healthyHost('RDS02', { alsoSeen })]))).toMatch(line)
  const unjudged = [{ ...uncollectedHost(), host: 'APP01', alsoSeen }, uncollectedHost(), uncollectedHost()]
  expect(report(analysisOf(unjudged))).toMatch(line)
  expect(report(analysisOf([healthyHost('RDS02')]))).not.toContain('also seen')
})
