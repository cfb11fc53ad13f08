/** One part of a key such that it leads nowhere else, hides nowhere and means nothing to a file system or a URL. */
export function encodePart(part: string): string {
  return part.replace(/^\.+/, (dots) => '%2E'.repeat(dots.length)).replaceAll(':', '%3A');
}

export function decodePart(part: string): string {
  return part.replaceAll('%2E', '.').replaceAll('%3A', ':');
}
