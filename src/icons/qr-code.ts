export { default as qrCodeIcon } from 'lucide/dist/esm/icons/qr-code.mjs';
