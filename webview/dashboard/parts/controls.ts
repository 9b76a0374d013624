import { element } from './dom';

/** A choice among a few visible options. */
export interface Segmented<T extends string> {
  readonly root: HTMLElement;
  /** Shows what is chosen; `disabled` ones are visible but cannot be chosen. */
  update(value: T, disabled?: readonly T[]): void;
}

export interface Option<T extends string> {
  readonly value: T;
  readonly text: string;
}

let groups = 0;

/** Radio buttons that look like one button in parts: arrow keys move among them, as among any radio buttons. */
export function segmented<T extends string>(
  label: string,
  options: readonly Option<T>[],
  choose: (value: T) => void,
): Segmented<T> {
  const name = `choice-${groups++}`;
  const inputs = options.map(({ value }) => {
    const input = element('input', { attributes: { type: 'radio', name, value } });
    input.addEventListener('change', () => {
      choose(value);
    });
    return input;
  });
  const root = element(
    'div',
    { className: 'segmented', attributes: { role: 'radiogroup', 'aria-label': label } },
    ...options.map(({ text }, index) =>
      element('label', {}, ...inputs.slice(index, index + 1), element('span', { text })),
    ),
  );
  return {
    root,
    update: (value, disabled = []) => {
      options.forEach((option, index) => {
        const input = inputs[index];
        if (input) {
          input.checked = option.value === value;
          input.disabled = disabled.includes(option.value);
        }
      });
    },
  };
}

/** Gives a control a name for screen readers, and a title for everyone else. */
export function named<T extends HTMLElement>(text: string, control: T): T {
  control.setAttribute('aria-label', text);
  control.title = text;
  return control;
}

/** A control with its name before it. */
export function labelled(text: string, control: HTMLElement): HTMLLabelElement {
  return element('label', { className: 'choice' }, element('span', { className: 'quiet', text }), control);
}

/** A list to choose one from. */
export function selectOf<T extends string>(
  options: readonly Option<T>[],
  choose: (value: T) => void,
): HTMLSelectElement {
  const select = element(
    'select',
    {},
    ...options.map(({ value, text }) => element('option', { text, attributes: { value } })),
  );
  select.addEventListener('change', () => {
    const chosen = options.find(({ value }) => value === select.value);
    if (chosen) {
      choose(chosen.value);
    }
  });
  return select;
}

export function button(text: string, className: string, pressed: () => void): HTMLButtonElement {
  const made = element('button', { className, text, attributes: { type: 'button' } });
  made.addEventListener('click', pressed);
  return made;
}
