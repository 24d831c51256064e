/**
 * Wasl will not start (or a command will not run) for a reason that the operator can mend. The message is one clear
 * sentence that says what to do; the console prints it without a stack.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}

/** The sentence for a port that cannot be had; `variable` moves it. */
export function portTaken(host: string, port: number, variable: string): string {
  return `The port ${host}:${port} is taken by another program: stop it, or set ${variable} to another port.`
}
