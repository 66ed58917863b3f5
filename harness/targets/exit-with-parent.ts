/**
 * Loaded into a child process before its program: ends the child when its parent is gone, however that went. The
 * parent holds the other end of standard input, and the system closes it even when the parent was killed.
 */
process.stdin.on("end", () => process.exit(1));
process.stdin.on("error", () => process.exit(1));
process.stdin.resume();
// Watching must not keep a child alive that has nothing else to do.
(process.stdin as NodeJS.ReadStream & { unref?(): void }).unref?.();
