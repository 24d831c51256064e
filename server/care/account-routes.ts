import type { FastifyInstance, FastifyReply } from 'fastify'
import { type AccountAnswer, PICTURE_BYTES_MAX, profileBody, usernameBody } from '../../contract/api/care.ts'
import { ApiFault, readInput, sendFault } from '../platform/api-fault.ts'
import { readWorkspace } from '../platform/db.ts'
import type { Change } from './change-outcome.ts'
import { type ChangePictureDeps, changePicture } from './change-picture.ts'
import { changeProfile } from './change-profile.ts'
import { changeUsername } from './change-username.ts'
import { readAnswers, readUsernameNews } from './meta-answer-store.ts'
import { readNumberAccess } from './number-read-store.ts'
import { type NumberDoor, numberOf, ownNumberOf } from './number-routes.ts'
import { readPicture, readPictureSource } from './picture-store.ts'

/** `GET …/account`, `GET` and `POST …/picture`, `POST …/profile`, `POST …/username` and `POST …/username/removal` of a number. */
export function accountRoutes(app: FastifyInstance, deps: ChangePictureDeps & NumberDoor): void {
  app.get('/api/v1/numbers/:id/account', async (request): Promise<AccountAnswer> => {
    const { workspaceId, numberId } = await numberOf(deps, request)
    return readWorkspace(deps.database, workspaceId, async (sql) => {
      const access = await readNumberAccess(sql, workspaceId, numberId)
      if (access === null) throw new ApiFault('not_found')
      const { number, account, token, profile, username } = await readAnswers(sql, workspaceId, numberId)
      const usernameNews = await readUsernameNews(sql, workspaceId, access)
      const picture = await readPictureSource(sql, workspaceId, numberId)
      return {
        answers: { number, account, token, profile, username },
        usernameNews,
        picture: picture === null ? null : picture.kept ? 'kept' : 'missing',
      }
    })
  })

  app.get('/api/v1/numbers/:id/picture', async (request, reply) => {
    const { workspaceId, numberId } = await numberOf(deps, request)
    const webp = await readWorkspace(deps.database, workspaceId, (sql) => readPicture(sql, workspaceId, numberId))
    if (webp === null) throw new ApiFault('not_found')
    return reply.header('content-type', 'image/webp').header('cache-control', 'private, no-cache').send(webp)
  })

  app.register(async (files) => {
    files.removeAllContentTypeParsers()
    files.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: PICTURE_BYTES_MAX }, (_request, body, done) =>
      done(null, body),
    )
    files.post('/api/v1/numbers/:id/picture', { bodyLimit: PICTURE_BYTES_MAX }, async (request, reply) => {
      const { workspaceId, numberId } = await ownNumberOf(deps, request)
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      return answer(reply, await changePicture(deps, workspaceId, numberId, bytes))
    })
  })

  app.post('/api/v1/numbers/:id/profile', async (request, reply) => {
    const { workspaceId, numberId } = await ownNumberOf(deps, request)
    const profile = readInput(profileBody, request.body)
    return answer(reply, await changeProfile(deps, workspaceId, numberId, profile))
  })

  app.post('/api/v1/numbers/:id/username', async (request, reply) => {
    const { workspaceId, numberId } = await ownNumberOf(deps, request)
    const wish = readInput(usernameBody, request.body)
    return answer(reply, await changeUsername(deps, workspaceId, numberId, wish))
  })

  app.post('/api/v1/numbers/:id/username/removal', async (request, reply) => {
    const { workspaceId, numberId } = await ownNumberOf(deps, request)
    return answer(reply, await changeUsername(deps, workspaceId, numberId, null))
  })
}

function answer(reply: FastifyReply, change: Change): FastifyReply {
  return change.ok ? reply.code(204).send() : sendFault(reply, change.code, change.details)
}
