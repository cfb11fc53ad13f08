import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { DEVELOPMENT_API_KEY } from '../../server/src/config/config.ts';
import { launchChromium, openPage } from '../e2e/support/chromium.ts';
import { showsNewFrames } from '../e2e/support/media-probe.ts';
import { openStudio, selfRole, waitForState } from '../e2e/support/pages.ts';
import { RoomServer } from '../e2e/support/room-server.ts';
import { ADMIN, WordPressSite } from './wordpress-site.ts';

const TOKEN = /eyJ[\w-]+\.[\w-]+\.[\w-]+/;

const readClaims = (token: string): Readonly<Record<string, unknown>> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

describe('the WordPress plugin', { timeout: 600_000 }, () => {
  let server: RoomServer;
  let site: WordPressSite;
  let browser: Browser;

  before(async () => {
    server = await RoomServer.start();
    site = await WordPressSite.start(server.origin, DEVELOPMENT_API_KEY);
    browser = await launchChromium();
    await openStudio(browser, server);
  });

  after(async () => {
    await browser?.close();
    await site?.stop();
    await server?.stop();
  });

  async function signIn(page: Page): Promise<void> {
    await page.goto(`${site.origin}/wp-login.php`);
    await page.locator('#user_login').fill(ADMIN.name);
    await page.locator('#user_pass').fill(ADMIN.password);
    await page.locator('#wp-submit').click();
    await page.waitForURL(/wp-admin/);
  }

  /** The address that the visitor's element fetches its token from. */
  const tokenUrl = (page: Page) =>
    page.locator('ils-room').evaluate((room) => (room as HTMLElement & { tokenUrl: string }).tokenUrl);

  it('has a room inserted as a block, published, and watched live by a visitor', async () => {
    const { page } = await openPage(browser, 'about:blank');
    await signIn(page);
    await page.goto(`${site.origin}/wp-admin/post-new.php`);
    await page.waitForFunction(() => 'wp' in window && document.querySelector('.block-editor-writing-flow') !== null);
    const close = page.getByRole('button', { name: 'Close dialog' });
    if (await close.count()) await close.click();
    await page.getByRole('textbox', { name: 'Add title' }).fill('A live show');
    await page.getByRole('button', { name: 'Toggle block inserter' }).click();
    await page.getByPlaceholder('Search').fill('Live room');
    await page.getByRole('option', { name: 'Live room' }).click();
    await page.getByLabel('Name of the room').fill('demo');
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page
      .getByRole('region', { name: 'Editor publish' })
      .getByRole('button', { name: 'Publish', exact: true })
      .click();
    const link = page.getByRole('region', { name: 'Editor publish' }).getByRole('link', { name: 'View Post' });
    const address = (await link.getAttribute('href')) ?? '';
    await page.close();

    const content = await site.php("echo get_posts( array( 'numberposts' => 1 ) )[0]->post_content;");
    assert.match(content, /<!-- wp:ils-kit\/room \{"room":"demo"\} -->/);
    assert.doesNotMatch(content, TOKEN);
    const visitor = await openPage(browser, address);
    await waitForState(visitor, 'joined');
    await showsNewFrames(visitor.page);
    assert.equal(await selfRole(visitor), 'viewer');
    assert.doesNotMatch(await (await fetch(address)).text(), TOKEN);
    await visitor.context.close();
  });

  it('draws shortcodes as it draws blocks, and members come by their names', async () => {
    const address = await site.publish('By shortcode', '[ils_room room="demo"][ils_player][ils_poll][/ils_room]');
    const { page, context } = await openPage(browser, 'about:blank');
    await signIn(page);
    await page.goto(address);
    await waitForState({ page }, 'joined');
    assert.equal(await selfRole({ page }), 'host');
    assert.equal(await page.locator('ils-room > ils-chat').count(), 0);
    assert.equal(await page.locator('ils-room ils-poll').count(), 1);
    await context.close();
  });

  it('gives tokens for the rooms that stand on its pages alone, and lets nobody keep one', async () => {
    const address = await site.publish('A room', '[ils_room room="demo"]');
    const { page, context } = await openPage(browser, address);
    const url = new URL(await tokenUrl(page));
    const ask = async (change: Record<string, string>) => {
      const changed = new URL(url);
      for (const [name, value] of Object.entries({ room: 'demo', ...change })) changed.searchParams.set(name, value);
      return fetch(changed);
    };
    const granted = await ask({ participant: 'wp-1' });
    assert.equal(granted.status, 200);
    assert.match(granted.headers.get('cache-control') ?? '', /no-store/);
    const { token } = (await granted.json()) as { token: string };
    const claims = readClaims(token);
    // Nobody becomes a member by asking, nor another visitor by the id that all in the room read.
    assert.match(String(claims['sub']), /^visitor-[0-9a-f]{32}$/);
    const again = (await (await ask({ participant: String(claims['sub']) })).json()) as { token: string };
    assert.notEqual(readClaims(again.token)['sub'], claims['sub']);
    for (const change of [{ room: 'secret' }, { role: 'host' }, { signature: 'made-up' }]) {
      assert.equal((await ask(change)).status, 403, JSON.stringify(change));
    }
    await context.close();
  });

  it('unfolds the address of a room on a line of its own', async () => {
    const address = await site.publish(
      'A link',
      `<!-- wp:embed {"url":"${server.origin}/embed/demo"} --><figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\n${server.origin}/embed/demo\n</div></figure><!-- /wp:embed -->`,
    );
    const { page, context } = await openPage(browser, address);
    const frame = page.frameLocator('iframe[src*="/embed/demo"]');
    await frame.locator('ils-room:state(joined)').waitFor();
    assert.match((await page.locator('iframe[src*="/embed/demo"]').getAttribute('allow')) ?? '', /fullscreen/);
    await context.close();
  });

  it('keeps its key to itself, and says whether the server answers', async () => {
    const { page, context } = await openPage(browser, 'about:blank');
    await signIn(page);
    await page.goto(`${site.origin}/wp-admin/options-general.php?page=ils_kit`);
    assert.equal(await page.getByRole('status').first().textContent(), 'Connected.');
    assert.doesNotMatch(await page.content(), new RegExp(DEVELOPMENT_API_KEY));
    await page.getByLabel('Visitors watch').selectOption('audience');
    await page.getByRole('button', { name: 'Save Changes' }).click();
    await page.waitForURL(/settings-updated/);
    const stored = await site.php("echo wp_json_encode( get_option( 'ils_kit' ) );");
    assert.partialDeepStrictEqual(JSON.parse(stored), { api_key: DEVELOPMENT_API_KEY, visitor_role: 'audience' });
    await context.close();
  });

  it('leaves nothing behind when it goes, and has logged no warning', async () => {
    const left = await site.php(`
      require ABSPATH . 'wp-admin/includes/plugin.php';
      require ABSPATH . 'wp-admin/includes/file.php';
      $log = WP_CONTENT_DIR . '/debug.log';
      echo file_exists( $log ) ? preg_replace( '/^(?!.*ils-kit).*$/m', '', file_get_contents( $log ) ) : '';
      deactivate_plugins( 'ils-kit/ils-kit.php' );
      uninstall_plugin( 'ils-kit/ils-kit.php' );
      global $wpdb;
      echo $wpdb->get_var( "SELECT COUNT(*) FROM $wpdb->options WHERE option_name LIKE '%ils_kit%' OR option_value LIKE '%${DEVELOPMENT_API_KEY}%'" );`);
    assert.equal(left.trim(), '0');
  });
});
