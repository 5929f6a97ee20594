import { Text } from 'ink';
import { memo } from 'react';

/** One line of the screen, styled already and no wider than the screen; drawn again only when it changed. */
export const Line = memo(function Line({ text }: { text: string }) {
  return <Text wrap="truncate">{text === '' ? ' ' : text}</Text>;
});
