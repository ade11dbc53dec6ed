// After the frame.
//
// Responsibility: a press is answered first, and all that follows from it comes once the answer is
// on the screen.

export function afterFrame(work: () => void): void {
  let waiting = true;
  const once = (): void => {
    if (waiting) work();
    waiting = false;
  };
  requestAnimationFrame(() => setTimeout(once));
  // A window that nobody sees has no frames.
  setTimeout(once, 250);
}
