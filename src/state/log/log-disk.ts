import { promisify } from "node:util";
import { dirname } from "node:path";
import {
  type Files,
  type LogDisk,
  type LogFile,
  ignoringFailure,
  makeFolder,
  temporaryIn,
  unlessAbsent,
  writing,
} from "../disk.ts";

/** What a log is written with over the given files: only the flushes, which take the time, are waited for elsewhere. */
export const logDiskOf = (files: Files): LogDisk => ({
  create: (path) => writing(path, () => createLog(files, path)),
  replace: (path, text, allow) => replaceFile(files, path, { text, allow }),
  remove: (path) => writing(path, () => unlessAbsent(() => files.unlinkSync(path))),
  async sync(folder) {
    try {
      const handle = files.openSync(folder, "r");
      try {
        await flush(files, handle);
      } finally {
        files.closeSync(handle);
      }
    } catch {
      // Windows and some network disks cannot, and lose nothing but that promise.
      return;
    }
  },
});

const flush = (files: Files, handle: number): Promise<void> => promisify(files.fsync)(handle);

function createLog(files: Files, path: string): LogFile {
  makeFolder(files, dirname(path));
  const handle = files.openSync(path, "wx", 0o600);
  files.fchmodSync(handle, 0o600);
  const write = (data: Uint8Array, from: number, at: number): Promise<number> =>
    new Promise((resolve, reject) => {
      files.write(handle, data, from, data.length - from, at, (error, written) => {
        if (error) reject(error);
        else resolve(written);
      });
    });
  let length = 0;
  let isTorn = false;
  let isOpen = true;
  const appendAll = async (data: Uint8Array): Promise<void> => {
    // What an append that failed has left must not stand before the next.
    if (isTorn) files.ftruncateSync(handle, length);
    isTorn = true;
    for (let done = 0; done < data.length;) done += await write(data, done, length + done);
    await promisify(files.fdatasync)(handle);
    length += data.length;
    isTorn = false;
  };
  return {
    async append(text) {
      try {
        await appendAll(Buffer.from(text));
      } catch (error) {
        ignoringFailure(() => files.ftruncateSync(handle, length));
        writing(path, () => {
          throw error;
        });
      }
    },
    close() {
      // A number that is closed twice may be another file's by then, or a connection's.
      if (isOpen) files.closeSync(handle);
      isOpen = false;
    },
  };
}

async function replaceFile(
  files: Files,
  path: string,
  { text, allow }: { readonly text: string; readonly allow: () => void },
): Promise<void> {
  const made = temporaryIn(dirname(path));
  try {
    const handle = files.openSync(made, "wx", 0o600);
    try {
      files.fchmodSync(handle, 0o600);
      files.writeFileSync(handle, text);
      await flush(files, handle);
    } finally {
      files.closeSync(handle);
    }
    allow();
    files.renameSync(made, path);
  } catch (error) {
    ignoringFailure(() => files.unlinkSync(made));
    writing(path, () => {
      throw error;
    });
  }
}
