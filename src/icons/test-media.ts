export { default as testMediaIcon } from 'lucide/dist/esm/icons/flask-conical.mjs';
