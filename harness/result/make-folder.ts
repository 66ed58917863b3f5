import { mkdir, rmdir, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/**
 * Makes a folder and what is missing above it. Unlike `mkdir` with `recursive` it ends where the system refuses a new
 * folder by saying that there is none, as /proc does: Node tries that again for ever.
 * @returns those that it has made, the outermost first
 * @throws the system's error
 */
export async function makeFolder(path: string): Promise<string[]> {
  if (await isFolder(path)) return [];
  const above = dirname(resolve(path));
  const made = above === resolve(path) ? [] : await makeFolder(above);
  try {
    await mkdir(path);
    return [...made, path];
  } catch (error) {
    // Another run may have made it in between; a file of that name stays an error.
    if ((error as NodeJS.ErrnoException).code === "EEXIST" && (await isFolder(path))) return made;
    await removeEmpty(made);
    throw error;
  }
}

/** Takes folders away again that nothing was written into. @param made as {@link makeFolder} returns them */
export async function removeEmpty(made: readonly string[]): Promise<void> {
  for (const path of made.toReversed()) {
    const isGone = await rmdir(path).then(
      () => true,
      () => false,
    );
    if (!isGone) return;
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return false;
    throw error;
  }
}
