import type { AddressInfo } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

export interface MailServer {
  readonly port: number
  readonly mails: ParsedMail[]
  /** What it says to the next mail in place of taking it: an SMTP code. `null`: takes it. */
  refuse(code: number | null): void
  close(): Promise<void>
}

/** A mail server of this machine that keeps what it gets, behind a name and a password. No TLS. */
export async function startMailServer(login: { username: string; password: string }): Promise<MailServer> {
  const mails: ParsedMail[] = []
  let refusal: number | null = null
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authMethods: ['PLAIN'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      username === login.username && password === login.password
        ? done(null, { user: username })
        : done(new Error('Wrong name or password')),
    onRcptTo: (_address, _session, done) =>
      refusal === null ? done() : done(Object.assign(new Error('Not now'), { responseCode: refusal })),
    onData: (stream, _session, done) => {
      simpleParser(stream, (error, mail) => {
        if (!error) mails.push(mail)
        done(error)
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    refuse: (code) => {
      refusal = code
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
