import { msg } from '../../locales/localization.ts';

export interface EmojiGroup {
  readonly label: string;
  readonly emoji: readonly Emoji[];
}

export interface Emoji {
  readonly character: string;
  /** English words to find it by; the first ones name it. */
  readonly words: string;
}

const FACES = `😀 grinning happy|😃 smiley happy|😄 laughing eyes happy|😁 beaming grin|😆 squinting laugh|😅 sweat relief|🤣 rolling floor laugh lol|😂 tears of joy laugh lol|🙂 slight smile|😉 wink|😊 blush smile|😇 angel halo|🥰 in love hearts|😍 heart eyes love|🤩 star struck wow|😘 kiss|😋 yum tasty|😜 wink tongue|🤪 zany crazy|🤗 hug|🤭 oops giggle|🤫 quiet shush|🤔 thinking hmm|🫡 salute yes sir|🤨 raised eyebrow|😐 neutral|😑 expressionless|😏 smirk|🙄 eye roll|😬 grimace awkward|😌 relieved|😔 sad pensive|😴 sleeping tired zzz|🤒 sick|🤯 mind blown|🥳 party celebrate|😎 cool sunglasses|🤓 nerd|😕 confused|😮 surprised wow|😲 astonished|🥺 pleading please|😢 crying sad|😭 sobbing cry|😱 scream fear|😤 triumph huff|😡 angry|🤬 swearing|💀 skull dead|🤡 clown|👻 ghost|🤖 robot|🫠 melting|🫣 peeking|🥹 holding back tears`;
const HANDS = `👍 thumbs up yes like|👎 thumbs down no|👏 clap applause bravo|🙌 raised hands hooray|🙏 thanks please pray|🤝 handshake deal|👋 wave hello bye|✌️ victory peace|🤞 fingers crossed luck|🤘 rock on|👌 ok perfect|🤌 pinched fingers|👈 left|👉 right|👆 up|👇 down this|✋ raised hand stop|🤙 call me|💪 strong muscle|✍️ writing notes|🫶 heart hands|👊 fist bump|🤷 shrug|🤦 facepalm|🙋 raise hand question|🧠 brain|👀 eyes look|👂 ear hear|🗣️ speaking`;
const HEARTS = `❤️ red heart love|🧡 orange heart|💛 yellow heart|💚 green heart|💙 blue heart|💜 purple heart|🖤 black heart|🤍 white heart|💔 broken heart|💖 sparkling heart|💕 two hearts|💯 hundred perfect|💥 boom|💫 dizzy|✨ sparkles|⭐ star|🌟 glowing star|🔥 fire hot lit|🎉 tada party congratulations|🎊 confetti|🎈 balloon|🎁 gift present|🏆 trophy win|🥇 gold medal first|🥈 silver medal|🥉 bronze medal|💎 gem|👑 crown`;
const NATURE = `🐶 dog|🐱 cat|🐭 mouse|🐰 rabbit|🦊 fox|🐻 bear|🐼 panda|🦁 lion|🐸 frog|🐵 monkey|🙈 see no evil|🙉 hear no evil|🙊 speak no evil|🐔 chicken|🐧 penguin|🦉 owl|🦄 unicorn|🐝 bee|🦋 butterfly|🐢 turtle|🐙 octopus|🐬 dolphin|🐳 whale|🌸 blossom|🌹 rose|🌻 sunflower|🌲 tree|🌵 cactus|🍀 four leaf clover luck|🌍 earth world|🌈 rainbow|☀️ sun|🌙 moon|⚡ lightning|❄️ snow|🌊 wave`;
const FOOD = `🍎 apple|🍌 banana|🍓 strawberry|🍉 watermelon|🍑 peach|🥑 avocado|🌶️ chilli hot|🥐 croissant|🥨 pretzel|🧀 cheese|🍔 burger|🍟 fries|🍕 pizza|🌮 taco|🍣 sushi|🍜 noodles ramen|🍿 popcorn|🍩 doughnut|🍪 cookie|🎂 birthday cake|🍫 chocolate|☕ coffee|🍵 tea|🍺 beer|🥂 cheers|🍷 wine`;
const THINGS = `🎬 clapper film|🎤 microphone sing|🎧 headphones|🎵 music note|🎶 music|🎸 guitar|🎹 piano|🥁 drum|🎮 game|🎯 bullseye target|🎲 dice|⚽ football soccer|🏀 basketball|🏈 american football|🎾 tennis|🏃 running|🚴 cycling|🏋️ weights workout|🧘 yoga|🚀 rocket launch ship it|✈️ plane|🚗 car|🏠 home house|💻 laptop computer|📱 phone|📷 camera|💡 idea light bulb|📈 chart up|📉 chart down|📌 pin|📎 paperclip|🔗 link|🔔 bell|⏰ alarm clock|⏳ hourglass waiting|💰 money bag|💸 money wings|🛒 cart shopping|🎓 graduation|🔒 lock|🔑 key|🛠️ tools|🧪 experiment|🗓️ calendar`;
const SIGNS = `✅ check done yes|❌ cross no|❓ question|❗ exclamation|⚠️ warning|🚫 forbidden|💬 speech|💭 thought|➡️ arrow right|⬅️ arrow left|⬆️ arrow up|⬇️ arrow down|🔄 repeat|▶️ play|⏸️ pause|⏩ fast forward|🔇 muted|🔊 loud|🆕 new|🆒 cool|🆗 ok|🔴 red circle live|🟢 green circle|🔵 blue circle|🏁 finish flag|🏳️‍🌈 rainbow flag`;

function parse(list: string): Emoji[] {
  return list.split('|').map((entry) => {
    const space = entry.indexOf(' ');
    return { character: entry.slice(0, space), words: entry.slice(space + 1) };
  });
}

/** A small set of what people say in a chat, by group. */
export function emojiGroups(): readonly EmojiGroup[] {
  return [
    { label: msg('Faces'), emoji: parse(FACES) },
    { label: msg('Hands', { id: 'Hands (emoji)' }), emoji: parse(HANDS) },
    { label: msg('Hearts and cheers'), emoji: parse(HEARTS) },
    { label: msg('Nature'), emoji: parse(NATURE) },
    { label: msg('Food and drink'), emoji: parse(FOOD) },
    { label: msg('Things'), emoji: parse(THINGS) },
    { label: msg('Signs'), emoji: parse(SIGNS) },
  ];
}

/** Those whose words begin with every word of `search`. */
export function findEmoji(groups: readonly EmojiGroup[], search: string): Emoji[] {
  const wanted = search.toLocaleLowerCase().split(/\s+/u).filter(Boolean);
  return groups.flatMap(({ emoji }) =>
    emoji.filter(({ words }) => wanted.every((start) => words.split(' ').some((word) => word.startsWith(start)))),
  );
}
