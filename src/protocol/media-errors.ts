/** Why a camera, microphone or screen is not there: a word of the client's, which never travels. Each has its own remedy. */
export type MediaErrorCode =
  | 'permissionDenied'
  | 'permissionDismissed'
  | 'blockedByPage'
  | 'notFound'
  | 'inUse'
  | 'unsupported'
  | 'insecure'
  | 'ended'
  | 'failed';
