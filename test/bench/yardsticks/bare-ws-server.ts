import { WebSocket, WebSocketServer } from 'ws';

/** The least a chat can be: what one says goes to all, with nothing kept, checked or counted. */
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
server.on('connection', (socket) => {
  socket.on('message', (data) => {
    const message = Buffer.from(String(data));
    for (const client of server.clients) {
      if (client.readyState === WebSocket.OPEN) client.send(message, { binary: false });
    }
  });
});
server.on('listening', () => console.log(JSON.stringify(server.address())));
