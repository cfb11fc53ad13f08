export { default as questionIcon } from 'lucide/dist/esm/icons/message-circle-question-mark.mjs';
