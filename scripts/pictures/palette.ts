/** The colours a picture is drawn in: the terminal's own 16, as on a dark or a light ground. */
export type Palette = { ground: string; text: string; colours: readonly string[] };

export const palettes = {
  dark: {
    ground: '#111315',
    text: '#d4d7da',
    colours: ['#24292e', '#e5534b', '#57ab5a', '#c69026', '#539bf5', '#b083f0', '#39c5cf', '#d4d7da'],
  },
  light: {
    ground: '#ffffff',
    text: '#1f2328',
    colours: ['#24292f', '#cf222e', '#116329', '#7d4e00', '#0969da', '#8250df', '#1b7c83', '#6e7781'],
  },
} as const satisfies Record<string, Palette>;
