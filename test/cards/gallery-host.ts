/** How a card looks in Teams, light and dark, as far as the renderer's host settings and a little CSS can say it. */

export type Look = {
  readonly host: object
  readonly css: string
  readonly accent: string
  readonly track: string
}

type Colours = {
  readonly page: string
  readonly card: string
  readonly line: string
  readonly text: string
  readonly subtle: string
  readonly accent: string
  readonly good: string
  readonly attention: string
  readonly warning: string
  readonly emphasis: string
  readonly goodBack: string
  readonly attentionBack: string
  readonly warningBack: string
}

// biome-ignore format: a table is read in one look
const light: Colours = {
  page: '#f5f5f5', card: '#ffffff', line: '#e1e1e1', text: '#242424', subtle: '#616161', accent: '#5b5fc7',
  good: '#237b4b', attention: '#c4314b', warning: '#835c00', emphasis: '#f5f5f5',
  goodBack: '#e7f2da', attentionBack: '#fcf4f6', warningBack: '#fbf6d9',
}

// biome-ignore format: a table is read in one look
const dark: Colours = {
  page: '#1f1f1f', card: '#292929', line: '#3d3d3d', text: '#ffffff', subtle: '#adadad', accent: '#7f85f5',
  good: '#92c353', attention: '#f9526b', warning: '#ffaa44', emphasis: '#333333',
  goodBack: '#1f2c14', attentionBack: '#3e1f25', warningBack: '#3d2f10',
}

export const looks = { light: look(light), dark: look(dark) } as const

function look(colours: Colours): Look {
  const shade = (main: string) => ({ default: main, subtle: colours.subtle })
  const foregroundColors = {
    default: shade(colours.text),
    accent: shade(colours.accent),
    good: { default: colours.good, subtle: colours.good },
    attention: { default: colours.attention, subtle: colours.attention },
    warning: { default: colours.warning, subtle: colours.warning },
  }
  const style = (backgroundColor: string) => ({ backgroundColor, foregroundColors })
  return {
    accent: colours.accent,
    track: colours.line,
    host: {
      fontFamily: "'Segoe UI', 'Noto Sans', 'Noto Sans CJK SC', sans-serif",
      fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
      fontWeights: { lighter: 200, default: 400, bolder: 600 },
      spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
      separator: { lineThickness: 1, lineColor: colours.line },
      containerStyles: {
        default: style(colours.card),
        emphasis: style(colours.emphasis),
        good: style(colours.goodBack),
        attention: style(colours.attentionBack),
        warning: style(colours.warningBack),
      },
      actions: {
        maxActions: 6,
        spacing: 'default',
        buttonSpacing: 8,
        actionsOrientation: 'horizontal',
        actionAlignment: 'left',
      },
      inputs: {
        label: { inputSpacing: 4, requiredInputs: { weight: 'bolder' }, optionalInputs: { weight: 'default' } },
      },
    },
    css: `
      body { background: ${colours.page}; color: ${colours.text}; font-family: 'Segoe UI', 'Noto Sans', 'Noto Sans CJK SC', sans-serif }
      .card { background: ${colours.card}; border: 1px solid ${colours.line}; border-radius: 8px; overflow: hidden }
      .card { font-size: 14px; line-height: 20px } .ac-richTextBlock { line-height: 20px }
      .ac-pushButton { font: 600 14px 'Segoe UI', 'Noto Sans', 'Noto Sans CJK SC', sans-serif; padding: 5px 12px; border-radius: 4px;
        background: ${colours.card}; color: ${colours.text}; border: 1px solid ${colours.line}; white-space: normal !important }
      .ac-pushButton.style-positive { background: ${colours.accent}; color: #fff; border-color: ${colours.accent} }
      .ac-input, .ac-textInput, .ac-dateInput { box-sizing: border-box; font: 14px 'Segoe UI', 'Noto Sans CJK SC', sans-serif; padding: 6px 10px; border: 1px solid ${colours.line};
        border-radius: 4px; background: ${colours.emphasis}; color: ${colours.text}; width: 100% }
      .ac-multichoiceInput, .ac-choiceSetInput-expanded { background: none !important; border: 0 !important; padding: 0 !important }
      textarea { min-height: 96px; resize: vertical } input[type=radio] { width: auto; accent-color: ${colours.accent} }
      ::placeholder { color: ${colours.subtle} }`,
  }
}
