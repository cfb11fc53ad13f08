import * as v from 'valibot';

/** Headings of `--help`, in its order. */
export const GROUPS = ['Server', 'Access', 'Rooms', 'Media', 'Broadcast', 'Webhooks', 'Logs'] as const;

/** What a value may be: how `--help` shows it, what an error says is allowed, and the schema that reads it. */
interface Kind<TOutput> {
  readonly form: 'switch' | 'list' | 'value';
  readonly placeholder: string;
  readonly allowed: string;
  readonly schema: v.GenericSchema<unknown, TOutput>;
}

interface SettingText {
  readonly group: (typeof GROUPS)[number];
  readonly about: string;
  /** The default in words, where it depends on something. */
  readonly defaultText?: string;
  /** Its value is never shown: not in an error, not in a log. */
  readonly secret?: boolean;
}

/** What `--help`, the reader of flags and the errors know of a setting, beside its schema. */
export interface SettingNotes extends SettingText {
  readonly form: Kind<unknown>['form'];
  readonly placeholder: string;
  readonly allowed: string;
}

const numeric = v.union([v.number(), v.pipe(v.string(), v.trim(), v.decimal(), v.transform(Number))]);

/** A whole number; `unit` is what it counts. */
export function whole(minimum: number, maximum: number, unit = 'number'): Kind<number> {
  return {
    form: 'value',
    placeholder: `<${unit}>`,
    allowed: `a whole number from ${minimum} to ${maximum}${unit === 'number' ? '' : ` (${unit})`}`,
    schema: v.pipe(numeric, v.integer(), v.minValue(minimum), v.maxValue(maximum)),
  };
}

export function choice<const TOptions extends readonly string[]>(options: TOptions): Kind<TOptions[number]> {
  return {
    form: 'value',
    placeholder: options.join('|'),
    allowed: `one of ${options.join(', ')}`,
    schema: v.picklist(options),
  };
}

/** Text that `pattern` matches; `allowed` says so in words. */
export function text(placeholder: string, allowed: string, pattern: RegExp): Kind<string> {
  return {
    form: 'value',
    placeholder: `<${placeholder}>`,
    allowed,
    schema: v.pipe(v.string(), v.trim(), v.maxLength(4_096), v.regex(pattern)),
  };
}

/** What `isAllowed` lets through of a kind. */
export function checked<TOutput>(kind: Kind<TOutput>, isAllowed: (value: TOutput) => boolean): Kind<TOutput> {
  return { ...kind, schema: v.pipe(kind.schema, v.check(isAllowed)) };
}

export const onOff: Kind<boolean> = {
  form: 'switch',
  placeholder: '',
  allowed: 'true or false',
  schema: v.union([
    v.boolean(),
    v.pipe(
      v.picklist(['true', 'false', '1', '0']),
      v.transform((word) => word === 'true' || word === '1'),
    ),
  ]),
};

/** Several values: separated by commas, or the flag given again; in the file an array. */
export function several<TOutput>(kind: Kind<TOutput>): Kind<TOutput[]> {
  const joined = v.pipe(
    v.string(),
    v.transform((value) => value.split(',').map((part) => part.trim())),
    v.filterItems((part) => part !== ''),
  );
  return {
    form: 'list',
    placeholder: `${kind.placeholder},…`,
    allowed: `a list, each of it ${kind.allowed}`,
    schema: v.pipe(v.union([v.array(v.unknown()), joined]), v.array(kind.schema)),
  };
}

const notesOf = <TOutput>(kind: Kind<TOutput>, words: SettingText): SettingNotes => ({
  ...words,
  form: kind.form,
  placeholder: kind.placeholder,
  allowed: kind.allowed,
});

/** A setting with a default. */
export function setting<TOutput>(kind: Kind<TOutput>, byDefault: TOutput, words: SettingText) {
  return v.pipe(
    v.optional(kind.schema, () => byDefault as unknown),
    v.metadata({ notes: notesOf(kind, words) }),
  );
}

/** A setting that may stay open; `defaultText` says what happens then. */
export function optionalSetting<TOutput>(kind: Kind<TOutput>, words: SettingText) {
  return v.pipe(v.optional(kind.schema), v.metadata({ notes: notesOf(kind, words) }));
}
