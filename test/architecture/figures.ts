import { arrowsOf, figuresOf, filesOfTheHouse, roomOf } from "./house.ts";

// Prints what stands at the top of each room, on how many levels, with how many arrows: npm run rooms.
const files = filesOfTheHouse().filter((file) => !file.startsWith("generated/"));
const arrows = files.flatMap(arrowsOf);
const rooms = [...new Set(files.filter((file) => file.includes("/")).map(roomOf))].toSorted();
for (const room of rooms) {
  const { entries, levels, arrows: ways } = figuresOf(room, files, arrows);
  console.log(`${room.padEnd(13)} ${entries} entries, ${levels} levels, ${ways} arrows`);
}
