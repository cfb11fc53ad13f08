import { asCode, composeTable, inCell } from './table.ts';

interface Operation {
  readonly tags: readonly string[];
  readonly operationId: string;
  readonly summary: string;
}

/** What of `/openapi.json` is written down. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** Every operation of the REST API, by subject. */
export function composeOperations({ paths }: ApiDocument): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), ...operation })),
  );
  const byTag = Map.groupBy(operations, ({ tags }) => tags[0] ?? 'more');
  return [...byTag]
    .filter(([tag]) => tag !== 'development')
    .map(([tag, members]) => {
      const rows = members.map(({ method, path, summary, operationId }) => [
        asCode(`${method} ${path}`),
        inCell(summary),
        asCode(operationId),
      ]);
      return `### ${tag}\n\n${composeTable(['request', 'what', 'operation'], rows)}`;
    })
    .join('\n\n');
}
