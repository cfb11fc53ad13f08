import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { API_KEY, joinRoom } from '../http/test-server.ts';
import { createFragment, createOffer } from './offers.ts';
import { problemOf, WhipServer } from './whip-client.ts';

/** A case for each answer that the document names, by its operation and status. */
type Cases = Readonly<Record<string, () => Promise<string>>>;

for (const kind of ['whip', 'whep'] as const) {
  const direction = kind === 'whip' ? 'sendonly' : 'recvonly';
  const offer = createOffer({ direction });
  const endpoint = `/${kind}/launch`;
  const [post, patch, end] =
    kind === 'whip'
      ? ['publishByWhip', 'patchWhipSession', 'endWhipSession']
      : ['playByWhep', 'patchWhepSession', 'endWhepSession'];

  describe(`every error of ${kind.toUpperCase()}`, () => {
    let server: WhipServer;
    let names = 0;
    before(async () => {
      server = await WhipServer.start({ createOnJoin: false, maxParticipants: 25 });
      for (const id of ['launch', 'other', 'over', 'small']) await create(id);
    });
    after(() => server.close());

    const rest = (method: string, path: string, body: object) =>
      fetch(new URL(`/api/v1${path}`, server.server.origin), {
        method,
        headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const create = async (id: string) => assert.equal((await rest('POST', '/rooms', { id })).status, 201);
    const newToken = (options: Parameters<WhipServer['token']>[1] = {}) =>
      server.token(`someone-${(names += 1)}`, options);
    const open = async (options: Parameters<WhipServer['token']>[1] = {}) => {
      const token = await newToken(options);
      return { token, ...(await server.open(token, offer, endpoint)) };
    };
    const postAs = async (token: string | null, body = offer, headers = {}, path = endpoint) =>
      problemOf(await server.post(token, body, headers, path));
    /** The clock stands still, so what is spent is not given back. */
    const repeat = async (limit: number, request: () => Promise<Response>): Promise<string> => {
      for (let count = 0; count < limit; count += 1) {
        const response = await request();
        if (response.status !== 429) {
          await response.text();
          continue;
        }
        assert.match(response.headers.get('retry-after') ?? '', /^[1-9]\d*$/);
        return problemOf(response);
      }
      return 'never refused';
    };
    const removed = async () => {
      const session = await open();
      await rest('DELETE', `/rooms/launch/participants/someone-${names}`, {});
      return session;
    };

    const cases: Cases = {
      [`${post} 400`]: async () => postAs(await newToken(), 'hello'),
      [`${post} 401`]: () => postAs(null),
      [`${post} 403`]: async () => postAs(await newToken({ role: kind === 'whip' ? 'viewer' : 'audience' })),
      [`${post} 404`]: async () => postAs(await newToken({ room: 'nowhere' }), offer, {}, `/${kind}/nowhere`),
      [`${post} 406`]: async () => postAs(await newToken(), offer, { accept: 'text/html' }),
      [`${post} 409`]: async () => {
        const token = await newToken({ room: 'small' });
        const sockets = [];
        for (let count = 0; count < 25; count += 1) {
          const name = `viewer-${count}`;
          sockets.push(
            await joinRoom(server.server.origin, 'small', await server.token(name, { room: 'small', role: 'viewer' })),
          );
        }
        const problem = await postAs(token, offer, {}, `/${kind}/small`);
        for (const { socket } of sockets) socket.terminate();
        return problem;
      },
      [`${post} 410`]: async () => {
        const token = await newToken({ room: 'over' });
        await rest('DELETE', '/rooms/over', {});
        return postAs(token, offer, {}, `/${kind}/over`);
      },
      [`${post} 413`]: async () => postAs(await newToken(), `${offer}${'a=x\r\n'.repeat(20_000)}`),
      [`${post} 415`]: async () => postAs(await newToken(), offer, { 'content-type': 'application/json' }),
      [`${post} 422`]: async () => postAs(await newToken(), createOffer({ direction: 'inactive' })),
      [`${post} 429`]: async () => {
        const token = await newToken();
        return repeat(11, () => server.post(token, 'hello', {}, endpoint));
      },
      [`${patch} 400`]: async () => {
        const { url, token, etag } = await open();
        return problemOf(await server.patch(url, token, { 'if-match': etag }, 'hello'));
      },
      [`${patch} 401`]: async () => problemOf(await server.patch((await open()).url, null)),
      [`${patch} 403`]: async () => problemOf(await server.patch((await open()).url, await newToken())),
      [`${patch} 404`]: async () => problemOf(await server.patch(`${endpoint}/nothing`, await newToken())),
      [`${patch} 412`]: async () => {
        const { url, token } = await open();
        return problemOf(await server.patch(url, token, { 'if-match': '"x"' }));
      },
      [`${patch} 413`]: async () => {
        const { url, token, etag } = await open();
        const body = `${createFragment()}${'a=x\r\n'.repeat(20_000)}`;
        return problemOf(await server.patch(url, token, { 'if-match': etag }, body));
      },
      [`${patch} 415`]: async () => {
        const { url, token, etag } = await open();
        return problemOf(await server.patch(url, token, { 'if-match': etag, 'content-type': 'text/plain' }));
      },
      [`${patch} 422`]: async () => {
        const { url, token } = await open();
        return problemOf(await server.patch(url, token, { 'if-match': '*' }, 'a=end-of-candidates\r\n'));
      },
      [`${patch} 428`]: async () => {
        const { url, token } = await open();
        return problemOf(await server.patch(url, token));
      },
      [`${patch} 429`]: async () => {
        const { url, token, etag } = await open();
        return repeat(31, () => server.patch(url, token, { 'if-match': etag }));
      },
      [`${end} 401`]: async () => problemOf(await server.delete((await open()).url, null)),
      [`${end} 403`]: async () => problemOf(await server.delete((await open()).url, await newToken())),
      [`${end} 404`]: async () => {
        const { url, token } = await removed();
        // The token opens nothing any more, but it is a good one still.
        return problemOf(await server.delete(url, token));
      },
      [`${end} 429`]: async () => {
        const token = await newToken();
        const headers = { 'x-forwarded-for': '10.9.9.9' };
        return repeat(51, () => server.delete(`${endpoint}/nothing`, token, headers));
      },
    };

    for (const [name, provoke] of Object.entries(cases)) {
      it(name, async () => {
        const problem = await provoke();
        assert.ok(problem.startsWith(`${name.split(' ')[1]} `), problem);
      });
    }

    it('are those that the OpenAPI document names', async () => {
      const document = (await (await fetch(new URL('/openapi.json', server.server.origin))).json()) as {
        paths: Record<string, Record<string, { operationId: string; responses: object }>>;
      };
      const documented = Object.entries(document.paths)
        .filter(([path]) => path.startsWith(`/${kind}/`))
        .flatMap(([, methods]) => Object.values(methods))
        .flatMap(({ operationId, responses }) => Object.keys(responses).map((status) => `${operationId} ${status}`))
        .filter((name) => / 4\d\d$/.test(name));
      assert.deepEqual(documented.toSorted(), Object.keys(cases).toSorted());
    });

    it('leave nothing behind', async () => {
      // Whoever got in is still there: one transport each, and nothing of those who did not.
      const { transports } = server.held;
      const response = await fetch(new URL('/metrics', server.server.origin));
      const sessions = /^ils_http_sessions (\d+)$/m.exec(await response.text())?.[1];
      assert.equal(String(transports), sessions);
    });
  });
}
