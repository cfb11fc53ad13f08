/** Names that end so lead somewhere, also without a scheme; of two letters those that people use in a chat. */
const ENDINGS =
  'com|net|org|info|biz|app|dev|shop|store|online|site|xyz|top|club|live|link|click|icu|vip|pro|win|bet|' +
  'io|co|gg|tv|me|ai|ly|to|be|de|uk|fr|es|it|nl|pl|ru|cn|jp|br|us|ca|au|ch|at|se|no|fi|dk|eu|ws|cc';

const LINK = new RegExp(
  String.raw`\b[a-z][a-z\d+.-]{1,15}:\/\/\S|\bwww\.[\p{L}\p{N}]|[\p{L}\p{N}]\.(?:${ENDINGS})(?![\p{L}\p{N}-])`,
  'iu',
);

/** Whether there is an address of the web in a text. */
export const hasLink = (text: string): boolean => LINK.test(text.normalize('NFKC').replaceAll(/\p{Cf}/gu, ''));
