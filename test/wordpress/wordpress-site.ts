import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '../e2e/support/eventually.ts';
import { findFreePort } from '../e2e/support/free-port.ts';

const run = promisify(execFile);
const repository = new URL('../../', import.meta.url).pathname;
/** Where Debian's package puts it. */
const WORDPRESS = '/usr/share/wordpress';
const START_LIMIT_MS = 60_000;
const PAGES_AT_ONCE = '4';

export const ADMIN = { name: 'admin', password: 'a-password-for-a-test' } as const;

/** A WordPress of Debian's package with the plugin in it, on loopback, with a database of its own. */
export class WordPressSite {
  readonly origin: string;
  readonly #folder: string;
  readonly #children: readonly ChildProcess[];

  private constructor(origin: string, folder: string, children: readonly ChildProcess[]) {
    this.origin = origin;
    this.#folder = folder;
    this.#children = children;
  }

  /** @param server origin of the room server */
  static async start(server: string, apiKey: string): Promise<WordPressSite> {
    const folder = await mkdtemp(join(tmpdir(), 'ils-wordpress-'));
    const port = await findFreePort();
    const origin = `http://127.0.0.1:${port}`;
    const database = await startDatabase(folder);
    const root = join(folder, 'site');
    await cp(WORDPRESS, root, {
      recursive: true,
      dereference: true,
      filter: (path) => !path.endsWith('/wp-config.php'),
    });
    await mkdir(join(root, 'wp-content/plugins'), { recursive: true });
    await cp(join(repository, 'embeds/wordpress/ils-kit'), join(root, 'wp-content/plugins/ils-kit'), {
      recursive: true,
    });
    await mkdir(join(root, 'wp-content/mu-plugins'));
    await writeFile(join(root, 'wp-content/mu-plugins/loopback.php'), allowLoopback(server));
    await writeFile(join(root, 'wp-config.php'), composeConfig(origin, join(folder, 'database.sock')));
    const pages = spawn('php', ['-S', `127.0.0.1:${port}`, '-t', root], {
      stdio: 'ignore',
      env: { ...process.env, PHP_CLI_SERVER_WORKERS: PAGES_AT_ONCE },
    });
    const site = new WordPressSite(origin, folder, [pages, database]);
    await site.php(`
      require ABSPATH . 'wp-admin/includes/upgrade.php';
      wp_install( 'A site', '${ADMIN.name}', 'admin@site.example', true, '', '${ADMIN.password}' );
      update_option( 'permalink_structure', '' );
      switch_theme( 'twentytwentythree' );`);
    await site.php(`
      require ABSPATH . 'wp-admin/includes/plugin.php';
      $result = activate_plugin( 'ils-kit/ils-kit.php' );
      if ( is_wp_error( $result ) ) { throw new Exception( $result->get_error_message() ); }
      update_option( 'ils_kit', array( 'server' => '${server}', 'api_key' => '${apiKey}' ) );`);
    return site;
  }

  /** Runs within WordPress; what it prints comes back. */
  async php(code: string): Promise<string> {
    const head = `define( 'WP_INSTALLING', ${code.includes('wp_install(') ? 'true' : 'false'} ); require '${join(this.#folder, 'site/wp-load.php')}';`;
    const { stdout } = await run('php', ['-d', 'display_errors=stderr', '-r', `${head}${code}`], {
      env: { ...process.env, HTTP_HOST: this.origin.slice('http://'.length) },
    });
    return stdout;
  }

  /** @returns the address of a post with this content */
  async publish(title: string, content: string): Promise<string> {
    const id = await this.php(
      `echo wp_insert_post( array( 'post_title' => ${quote(title)}, 'post_content' => ${quote(content)}, 'post_status' => 'publish' ) );`,
    );
    return `${this.origin}/?p=${id.trim()}`;
  }

  async stop(): Promise<void> {
    for (const child of this.#children) {
      if (child.exitCode !== null) continue;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }
}

const quote = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

async function startDatabase(folder: string): Promise<ChildProcess> {
  const data = join(folder, 'database');
  const socket = join(folder, 'database.sock');
  await run('mariadb-install-db', [
    '--no-defaults',
    `--datadir=${data}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ]);
  const child = spawn(
    'mariadbd',
    [
      '--no-defaults',
      '--user=root',
      `--datadir=${data}`,
      `--socket=${socket}`,
      '--skip-networking',
      '--innodb-buffer-pool-size=32M',
    ],
    { stdio: 'ignore' },
  );
  const query = (text: string) =>
    run('mariadb', ['--no-defaults', `--socket=${socket}`, '--user=root', '--execute', text]);
  await eventually(
    'the database',
    () =>
      query('SELECT 1').then(
        () => true,
        () => false,
      ),
    (isUp) => isUp,
    START_LIMIT_MS,
  );
  await query('CREATE DATABASE site');
  return child;
}

/** WordPress asks no server on this machine or on such a port for an oEmbed, unless told so. */
const allowLoopback = (server: string) => `<?php
add_filter( 'http_request_host_is_external', '__return_true' );
add_filter( 'http_allowed_safe_ports', fn( $ports ) => array_merge( $ports, array( ${new URL(server).port} ) ) );
`;

const composeConfig = (origin: string, socket: string) => `<?php
define( 'DB_NAME', 'site' );
define( 'DB_USER', 'root' );
define( 'DB_PASSWORD', '' );
define( 'DB_HOST', 'localhost:${socket}' );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'DB_COLLATE', '' );
define( 'WP_HOME', '${origin}' );
define( 'WP_SITEURL', '${origin}' );
define( 'WP_DEBUG', true );
define( 'WP_DEBUG_DISPLAY', false );
define( 'WP_DEBUG_LOG', true );
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'WP_ACCESSIBLE_HOSTS', 'localhost,127.0.0.1' );
define( 'DISABLE_WP_CRON', true );
define( 'AUTH_KEY', 'only for a test' );
define( 'AUTH_SALT', 'only for a test' );
$table_prefix = 'wp_';
if ( ! defined( 'ABSPATH' ) ) { define( 'ABSPATH', __DIR__ . '/' ); }
require_once ABSPATH . 'wp-settings.php';
`;
