import { Box } from 'ink';
import { Line } from './line.tsx';

/** Painted lines under each other, as many as there are. */
export function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <Box flexDirection="column">
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line of the screen is told apart by where it stands
        <Line key={index} text={line} />
      ))}
    </Box>
  );
}
