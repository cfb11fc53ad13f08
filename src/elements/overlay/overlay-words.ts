import { chartIcon } from '../../icons/chart.ts';
import type { IconNode } from '../../icons/icon.ts';
import { imageIcon } from '../../icons/image.ts';
import { linkIcon } from '../../icons/link.ts';
import { messageIcon } from '../../icons/message.ts';
import { qrCodeIcon } from '../../icons/qr-code.ts';
import { slateIcon } from '../../icons/slate.ts';
import { textIcon } from '../../icons/text.ts';
import { tickerIcon } from '../../icons/ticker.ts';
import { timerIcon } from '../../icons/timer.ts';
import { msg } from '../../locales/localization.ts';
import type { OverlayContent, OverlayKind, OverlayLayer } from '../../protocol/index.ts';

export const KINDS: readonly OverlayKind[] = [
  'lowerThird',
  'message',
  'poll',
  'link',
  'slate',
  'countdown',
  'qrCode',
  'ticker',
  'logo',
];

export const kindIcons: Readonly<Record<OverlayKind, IconNode>> = {
  lowerThird: textIcon,
  message: messageIcon,
  poll: chartIcon,
  link: linkIcon,
  slate: slateIcon,
  countdown: timerIcon,
  qrCode: qrCodeIcon,
  ticker: tickerIcon,
  logo: imageIcon,
};

export function describeKind(kind: OverlayKind): string {
  return {
    lowerThird: () => msg('Lower third'),
    message: () => msg('Message'),
    poll: () => msg('Poll results'),
    link: () => msg('Button with a link'),
    slate: () => msg('Slate'),
    countdown: () => msg('Countdown'),
    qrCode: () => msg('QR code'),
    ticker: () => msg('Ticker'),
    logo: () => msg('Logo'),
  }[kind]();
}

export type SlateKind = Extract<OverlayContent, { kind: 'slate' }>['slate'];

export const SLATES: readonly SlateKind[] = ['startingSoon', 'break', 'ended'];

/** What a slate says unless it is told otherwise. */
export function describeSlate(slate: SlateKind): string {
  return {
    startingSoon: () => msg('Starting soon'),
    break: () => msg('We will be right back'),
    ended: () => msg('Thank you for being there.'),
  }[slate]();
}

export function describeLayer(layer: OverlayLayer): string {
  return {
    logo: () => msg('Logo'),
    corner: () => msg('Corner'),
    ticker: () => msg('Ticker'),
    lowerThird: () => msg('Lower third'),
    slate: () => msg('Slate'),
  }[layer]();
}

/** A line that tells one overlay from another. */
export function summarize(content: OverlayContent): string {
  switch (content.kind) {
    case 'message':
      return `${content.author}: ${content.text}`;
    case 'poll':
      return content.question;
    case 'link':
      return content.label;
    case 'ticker':
      return content.items.join(' · ');
    case 'logo':
      return content.name;
    case 'qrCode':
      return content.title === '' ? content.url : content.title;
    default:
      return content.title;
  }
}
