import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Chat } from './chat.js';

createRoot(document.getElementById('shop')!).render(
  <StrictMode>
    <h1>A hat</h1>
    <Chat customer={{ id: '7', email: 'ada@example.com' }} />
  </StrictMode>,
);
