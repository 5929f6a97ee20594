/** What can be wrong with an image, and whether --force starts it all the same; `%` stands for the application. */
export const IMAGE_FAULTS = {
  older: { text: 'Downgrade between Gravity versions 7.0.41 and 6.1.30 is not allowed.', forced: false },
  unsupported: { text: 'Upgrade between Gravity versions 5.2.18 and 7.0.41 is unsupported.', forced: false },
  steps: {
    text:
      'Upgrade between Gravity versions 5.5.60 and 7.0.41 is only supported if cluster image includes the following ' +
      'intermediate runtimes:\n    6.1.30 or greater\nThis cluster image does not contain required intermediate runtimes.',
    forced: false,
  },
  foreign: { text: 'invalid upgrade image "billing": "%" is installed', forced: false },
  tiller: { text: 'failed to connect to tiller: context deadline exceeded', forced: true },
  environment: { text: 'failed to validate runtime environment: unknown variable DOCKER_OPT', forced: true },
} as const;
