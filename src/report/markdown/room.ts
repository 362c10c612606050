/** How many characters there still are for text that stands in paragraphs. */
export interface Room {
  /** Takes the room that a text needs, where there is so much. */
  readonly take: (text: string) => boolean;
  /** A part of what is left, as a room of its own; what it takes is taken here too. */
  readonly part: (share: number) => Room;
  /** Whether anything worth reading might still fit. */
  readonly isOpen: () => boolean;
}

/** Less holds no difference with its fence. */
const least = 150;

/** Makes room for so many characters. */
export function makeRoom(characters: number, taken: (length: number) => void = () => undefined): Room {
  let left = characters;
  const use = (length: number): void => {
    left -= length;
    taken(length);
  };
  return {
    take: (text) => {
      const length = text.length + "\n\n".length;
      if (length > left) return false;
      use(length);
      return true;
    },
    part: (share) => makeRoom(Math.floor(left * share), use),
    isOpen: () => left >= least,
  };
}
