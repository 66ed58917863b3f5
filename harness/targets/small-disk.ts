import { execFile, spawnSync } from "node:child_process";
import { open, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { CuppingError } from "../errors.ts";
import { type Guard, removeWithParent } from "./remove-with-parent.ts";

const run = promisify(execFile);

/** A disk that can be filled and emptied. */
export interface DiskControl {
  /** Leaves not a byte free. */
  fill(): Promise<void>;
  /** Gives back what {@link fill} took. */
  free(): Promise<void>;
}

/** Whether this machine lets us make a small disk: Linux, and the rights to mount. */
export function canMountDisks(): boolean {
  return process.platform === "linux" && process.getuid?.() === 0;
}

/** A file system of its own, in memory, mounted on a folder. */
export class SmallDisk implements DiskControl {
  readonly #folder: string;
  readonly #guard: Guard;

  private constructor(folder: string, guard: Guard) {
    this.#folder = folder;
    this.#guard = guard;
  }

  /** @param bytes its size */
  static async mount(folder: string, bytes: number): Promise<SmallDisk> {
    await run("mount", ["-t", "tmpfs", "-o", `size=${bytes}`, "cupping", folder]);
    return new SmallDisk(folder, removeWithParent(["umount", "--lazy", folder]));
  }

  async fill(): Promise<void> {
    const file = await open(this.#filler, "a");
    try {
      // Big pieces first, then what is left, so that the last page is taken, too.
      for (let size = 1024 * 1024; size >= 512; ) {
        const isWritten = await file.write(Buffer.alloc(size)).then(
          ({ bytesWritten }) => bytesWritten === size,
          () => false,
        );
        if (!isWritten) size /= 2;
      }
    } finally {
      await file.close();
    }
    if ((await statfs(this.#folder)).bavail > 0)
      throw new CuppingError("harness", `${this.#folder} could not be filled`);
  }

  async free(): Promise<void> {
    await rm(this.#filler, { force: true });
  }

  async unmount(): Promise<void> {
    await run("umount", ["--lazy", this.#folder]);
    this.#guard.dismiss();
  }

  /** For a process that ends at once: unmounts before anything else happens, and lets nothing keep it. */
  unmountAtOnce(): void {
    spawnSync("umount", ["--lazy", this.#folder]);
    this.#guard.dismiss();
  }

  get #filler(): string {
    return join(this.#folder, "filler");
  }
}
