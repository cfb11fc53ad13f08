export { default as replyIcon } from 'lucide/dist/esm/icons/reply.mjs';
