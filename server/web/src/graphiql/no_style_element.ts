// In the place of react-style-singleton: the same functions, and no style element.

interface Sheet {
  add: (css: string) => void;
  remove: () => void;
}

export const stylesheetSingleton = (): Sheet => ({ add: () => undefined, remove: () => undefined });

export const styleHookSingleton = () => (_css: string, _isDynamic?: boolean) => undefined;

export const styleSingleton = () => (_properties: { styles: string; dynamic?: boolean }) => null;
