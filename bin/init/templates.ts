import { capabilities } from "../../scenarios/rules/index.ts";

/** What the starter files are made for. */
export interface StarterOptions {
  target: string;
  http: string | undefined;
  /** Command that starts the user's server, for CI. */
  start: string | undefined;
}

/** A configuration that runs as it is and shows what can be changed. The type is only a type, so nothing need be installed. */
export function configTemplate({ target, http }: StarterOptions): string {
  return `// What "npx cupping gate" runs. Every option of the command line can stand here, in camel case.
import type { CuppingConfig } from "cupping/config";

export default {
  target: ${JSON.stringify(target)},
${http === undefined ? "" : `  http: ${JSON.stringify(http)},\n`}
  // The rules of the protocol. A server that leaves out what CoffeeChat leaves out: profile: "upstream".
  conformance: {
    level: "must",
    // What the server does not have at all. The profile claims the rest; a choice is claimed by true:
${capabilityLines()}
    // capabilities: '{"groups":false}',
    // What fails or cannot run yet; what passes fails the gate until it is off the list, so that the list only shrinks.
    // Write the first one with: npx cupping conformance --write-known-failing cupping-known-failing.txt
    // knownFailing: "cupping-known-failing.txt",
  },

  // Loads, by names of your choice; "npx cupping list" shows the scenarios. Thresholds as in k6, in milliseconds.
  loads: {
    chat: {
      scenario: "chat",
      clients: 200,
      rate: "100/s",
      duration: "30s",
      thresholds: { msg_e2e: ["p(99)<200", "p(50)<20"], msg_ack: ["p(99)<150"] },
    },
  },

  // Store a baseline on the machine that compares: npx cupping gate --update-baseline
  baseline: "cupping-baseline",
  tolerance: "20%",

  report: ["html", "junit"],
} satisfies CuppingConfig;
`;
}

/** Every capability as a line of the configuration's comment. */
function capabilityLines(): string {
  const width = Math.max(...Object.keys(capabilities).map((name) => name.length));
  return Object.entries(capabilities)
    .map(
      ([name, { title, origin }]) =>
        `    //   ${name.padEnd(width)}  ${title}${origin === "choice" ? ": a choice" : ""}`,
    )
    .join("\n");
}

/** Placeholder for CI: fails with a sentence until it is replaced, so that nobody trusts a gate that tested nothing. */
const REPLACE_ME = "echo 'Put the command that starts your server here, in the background.' >&2; exit 1";

/** A workflow for GitHub Actions. */
export function githubTemplate({ start }: StarterOptions): string {
  return `name: cupping

on:
  push:
  pull_request:

permissions:
  contents: read

jobs:
  gate:
    runs-on: ubuntu-latest
    timeout-minutes: 20
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2

      - uses: actions/setup-node@49933ea5288caeca8642d1e84afbd3f7d6820020 # v4.4.0
        with:
          node-version: 24

      # cupping is one of the project's own development dependencies.
      - name: Install
        run: npm ci

      - name: Start the server
        run: |
          ${start ?? REPLACE_ME}

      - name: Conformance and load
        run: npx --no-install cupping gate --out cupping-report --report html,junit,github --repeat-invalid 2

      - uses: actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2
        if: \${{ !cancelled() }}
        with:
          name: cupping-report
          path: cupping-report
`;
}

/** A job for GitLab CI, to be included from .gitlab-ci.yml. */
export function gitlabTemplate({ start }: StarterOptions): string {
  return `# Include it in .gitlab-ci.yml:
#   include:
#     - local: cupping.gitlab-ci.yml
cupping:
  image: node:24-slim
  stage: test
  timeout: 20 minutes
  script:
    # cupping is one of the project's own development dependencies.
    - npm ci
    - |
      ${start ?? REPLACE_ME}
    - npx --no-install cupping gate --out cupping-report --report html,junit --repeat-invalid 2
  artifacts:
    when: always
    paths:
      - cupping-report
    reports:
      junit: cupping-report/junit.xml
`;
}
