import type { World } from './run-program.ts'

/**
 * Runs evtxray. Never throws: whatever happens is told on stderr and in the exit code.
 *
 * @param args what was typed, without node and script
 * @param world what surrounds the program
 * @returns the exit code
 */
export async function main(args: readonly string[], world: World = {}): Promise<number> {
  // Installers and scripts ask for nothing else, over and over: it is answered without loading the commands.
  if (args.length === 1 && args[0] === '--version') {
    const { toolVersion } = await import('../version.ts')
    const { processTerminal } = await import('./terminal.ts')
    const { stdout } = world.terminal ?? processTerminal()
    try {
      await stdout.write(Buffer.from(`${toolVersion()}\n`))
      return 0
    } catch {
      // Nobody took it: the long way tries again and says why.
    }
  }
  const { runProgram } = await import('./run-program.ts')
  return runProgram(args, world)
}
