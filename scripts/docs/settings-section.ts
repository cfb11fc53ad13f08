import { GROUPS } from '../../server/src/config/setting.ts';
import { namedSettings, type NamedSetting } from '../../server/src/config/settings.ts';
import { asCode, composeTable, inCell } from './table.ts';

function describeDefault({ byDefault, notes }: NamedSetting): string {
  if (notes.defaultText !== undefined) return notes.defaultText;
  return byDefault === undefined ? 'none' : asCode(String(byDefault));
}

const describeSetting = (setting: NamedSetting): string[] => [
  `${asCode(setting.flag)}<br>${asCode(setting.environment)}`,
  inCell(setting.notes.about),
  inCell(`${setting.notes.allowed}${setting.notes.secret === true ? '; never shown' : ''}`),
  inCell(describeDefault(setting)),
];

/** Every setting of the server, by group, out of the schema. */
export const composeSettings = (): string =>
  GROUPS.map((group) => {
    const members = namedSettings.filter(({ notes }) => notes.group === group);
    const table = composeTable(['setting', 'what', 'allowed', 'default'], members.map(describeSetting));
    return `## ${group}\n\n${table}`;
  }).join('\n\n');
