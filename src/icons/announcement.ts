export { default as announcementIcon } from 'lucide/dist/esm/icons/megaphone.mjs';
