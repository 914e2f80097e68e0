/** Bold and colour for whoever reads on a terminal; plain text in a file or a pipe, or when NO_COLOR is set. */
import { styleText } from 'node:util'

export type Colour = 'cyan' | 'magenta' | 'yellow' | 'green' | 'red' | 'blue'
export type Style = 'bold' | 'dim' | 'underline' | Colour

export function paint(text: string, ...styles: readonly Style[]): string {
  return styles.length > 0 ? styleText([...styles], text, { stream: process.stdout }) : text
}
