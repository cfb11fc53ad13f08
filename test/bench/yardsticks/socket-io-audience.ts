import { createServer } from 'node:http';
import { Server } from 'socket.io';

const INTERVAL_MS = 250;

/** An audience as Socket.IO carries it in its fastest setting: the same messages, batches and tallies, with nothing kept or checked. */
const http = createServer();
const server = new Server(http, { transports: ['websocket'], perMessageDeflate: false });
const reactions = new Map<string, number>();
const votes = new Map<string, number>();
let isTallied = true;
server.on('connection', (socket) => {
  void socket.join('room');
  socket.on('chat', (message: unknown) => server.to('room').emit('chat', message));
  socket.on('react', (emoji: string) => reactions.set(emoji, (reactions.get(emoji) ?? 0) + 1));
  socket.on('vote', (choice: number, answer: (done: boolean) => void) => {
    votes.set(socket.id, choice);
    isTallied = false;
    answer(true);
  });
});
setInterval(() => {
  if (reactions.size > 0) server.to('room').emit('reactions', [...reactions]);
  reactions.clear();
  if (isTallied) return;
  isTallied = true;
  const counts = [0, 0, 0];
  for (const choice of votes.values()) counts[choice] = (counts[choice] ?? 0) + 1;
  server.to('room').emit('tally', { voters: votes.size, counts });
}, INTERVAL_MS);
http.listen(0, '127.0.0.1', () => console.log(JSON.stringify(http.address())));
