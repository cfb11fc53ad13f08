export { default as giftIcon } from 'lucide/dist/esm/icons/gift.mjs';
