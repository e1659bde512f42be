'use client'; // for Next: in app/layout.tsx, <Chat /> once, so that it outlives the change of pages; elsewhere it says nothing

import { type Chatstone, init } from 'chatstone';
import { customerio } from 'chatstone/destinations/customerio';
import { form } from 'chatstone/sources/form';
import { tawk } from 'chatstone/sources/tawk';
import { useEffect, useRef } from 'react';

/** Who is logged in; undefined for a guest. */
export interface Customer {
  id: string;
  email: string;
}

/** Listens to the shop's chat as long as it is mounted. Importing it runs nothing, on a server neither. */
export function Chat({ customer }: { customer?: Customer }) {
  const chatstone = useRef<Chatstone | undefined>(undefined);
  const known = useRef<string | undefined>(undefined);

  // In an effect, which runs in browsers alone; StrictMode runs it twice, so what it starts is stopped.
  useEffect(() => {
    chatstone.current = init({
      sources: [tawk(), form()],
      destinations: [customerio({ writeKey: 'CUSTOMERIO_WRITE_KEY', region: 'us' })],
    });
    return () => chatstone.current?.stop();
  }, []);

  const { id, email } = customer ?? {};
  useEffect(() => {
    if (id && email) chatstone.current?.identify({ id, email });
    else if (known.current) chatstone.current?.reset(); // a log-out; a guest who has only come is none
    known.current = id;
  }, [id, email]);

  return null;
}
