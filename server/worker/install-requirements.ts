import { isOnPath, findMissingRequirements } from './system-requirements.ts';
import type { MissingRequirement } from './system-requirements.ts';
import { runCommand } from './run-command.ts';
import type { CommandOptions } from './run-command.ts';

/** Building needs what this machine lacks and what could not be installed. */
export class MissingRequirementsError extends Error {
  override name = 'MissingRequirementsError';
  readonly missing: readonly string[];

  constructor(missing: readonly MissingRequirement[], advice: string) {
    super(`missing ${missing.map(({ name }) => name).join(', ')}. ${advice}`);
    this.missing = missing.map(({ name }) => name);
  }
}

/**
 * Installs by apt what a build needs and this machine lacks; needs root only if something is missing.
 *
 * @throws MissingRequirementsError
 */
export async function installRequirements(
  options: CommandOptions & { isRoot: boolean; log: (line: string) => void },
): Promise<void> {
  const missing = await findMissingRequirements(options.env);

  if (missing.length === 0) return;

  const packages = missing.map(({ debianPackage }) => debianPackage);
  const command = `apt-get install ${packages.join(' ')}`;

  if (!isOnPath('apt-get', options.env)) {
    throw new MissingRequirementsError(
      missing,
      `Install them with this system's package manager (on Debian and Ubuntu they are ${packages.join(' ')}).`,
    );
  }

  if (!options.isRoot) throw new MissingRequirementsError(missing, `Run \`${command}\` as root.`);

  options.log(`Installing ${packages.join(', ')} (usually under a minute)`);

  let reason = '';

  try {
    await aptGetInstall(packages, options);
  } catch {
    // Its lists may be old or not there at all.
    try {
      await runCommand('apt-get', ['update'], options);
      await aptGetInstall(packages, options);
    } catch (error) {
      reason = error instanceof Error ? `: ${error.message}` : '';
    }
  }

  const stillMissing = await findMissingRequirements(options.env);

  if (stillMissing.length > 0) {
    throw new MissingRequirementsError(stillMissing, `\`${command}\` did not bring them${reason}.`);
  }
}

async function aptGetInstall(packages: readonly string[], options: CommandOptions): Promise<void> {
  const args = ['install', '--yes', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120', ...packages];

  await runCommand('apt-get', args, { ...options, env: { ...options.env, DEBIAN_FRONTEND: 'noninteractive' } });
}
