import type { BuildOptions } from "esbuild";

/**
 * Bundles a module for k6 into one file: k6 resolves no packages, and one file travels easily into a pod.
 * @returns the JavaScript
 */
export async function bundleForK6(entryPoint: string): Promise<string> {
  const { build } = await import("esbuild");
  const options: BuildOptions = {
    entryPoints: [entryPoint],
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    // k6's own modules.
    external: ["k6", "k6/*"],
    charset: "utf8",
    logLevel: "silent",
  };
  const { outputFiles } = await build(options);
  return outputFiles?.[0]?.text ?? "";
}
