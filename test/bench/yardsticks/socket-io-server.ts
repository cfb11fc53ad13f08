import { createServer } from 'node:http';
import { Server } from 'socket.io';

/** The same with the best-known library for it, in its fastest setting. */
const http = createServer();
const server = new Server(http, { transports: ['websocket'], perMessageDeflate: false });
server.on('connection', (socket) => {
  void socket.join('room');
  socket.on('chat', (message: unknown) => server.to('room').emit('chat', message));
});
http.listen(0, '127.0.0.1', () => console.log(JSON.stringify(http.address())));
