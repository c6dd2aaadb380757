/** What Starlight makes of Pagefind's interface in every idle page: nothing, until somebody searches. */
export class PagefindUI {
  constructor(options: Readonly<Record<string, unknown>>) {
    const dialog = document.querySelector<HTMLDialogElement>('site-search dialog');
    if (dialog === null) return;
    const load = async (): Promise<void> => {
      const { PagefindUI: Whole } = await import('./pagefind-ui.ts');
      new Whole(options);
      // Starlight has looked for it when it opened the dialog.
      dialog.querySelector('input')?.focus();
    };
    if (dialog.open) {
      void load();
      return;
    }
    new MutationObserver((_, opening) => {
      opening.disconnect();
      void load();
    }).observe(dialog, { attributeFilter: ['open'] });
  }
}
