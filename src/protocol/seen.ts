const SEEN = /[^\s\p{Default_Ignorable_Code_Point}\p{Cc}\u2800]/u;

/** Whether there is anything in a text that can be seen: what is all spaces of no width says nothing. */
export const isSeen = (text: string): boolean => SEEN.test(text);
