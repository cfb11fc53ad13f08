import type { ReplyData } from '../../protocol/index.ts';

/** Hands a file with the answers to the reader's browser. */
export function savePollFile({ fileName, mediaType, text }: ReplyData<'exportPoll'>): void {
  const address = URL.createObjectURL(new Blob([text], { type: mediaType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
