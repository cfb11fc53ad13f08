export const TEXT = 'Good evening from the front row, this looks wonderful!';

/** What the room server sends for one message, in size and shape; the yardsticks send the same. */
export function chatPayload(index: number): string {
  return JSON.stringify({
    type: 'event',
    seq: index,
    at: 1_700_000_000_000,
    name: 'chatSent',
    data: {
      message: {
        id: `m-${index}-0123456789abcdef`,
        index,
        author: { id: `viewer-${index % 500}`, name: `Viewer ${index % 500}`, role: 'viewer' },
        text: TEXT,
        sentAt: 1_700_000_000_000,
        deleted: false,
      },
    },
  });
}
