import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RefusedError } from '@lianxin/contract/client';
import { RouterProvider } from '@tanstack/react-router';
import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { currentLanguage, LanguageProvider, useLanguage } from './app/language.js';
import { keepShell, watchWriting } from './app/renewal.js';
import { router } from './app/router.js';
import { theme } from './app/theme.js';
import { printWhole } from './app/whole-print.js';
import './styles/console.css';

/** A refusal is an answer and is not asked again; a lost line is tried once more. */
const retry = (failures: number, error: Error): boolean =>
  failures < 1 && !(error instanceof RefusedError && error.status >= 400 && error.status < 500);

// A call without a line fails and says so, instead of waiting in silence: the office's machine may never notice that it is online again.
const networkMode = 'always' as const;
const queries = new QueryClient({
  defaultOptions: { queries: { retry, networkMode, refetchOnWindowFocus: true }, mutations: { networkMode } },
});
document.documentElement.lang = currentLanguage();

function Console() {
  const { language } = useLanguage();
  return (
    <ConfigProvider
      locale={language === 'en' ? enUS : zhCN}
      theme={theme}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ConfigProvider>
  );
}

const place = document.getElementById('root');
if (place === null) throw new Error('index.html has no element with the id root');
createRoot(place).render(
  <StrictMode>
    <LanguageProvider>
      <Console />
    </LanguageProvider>
  </StrictMode>,
);

watchWriting();
printWhole();
// After the page, so that an old phone is not kept busy while it draws.
if (import.meta.env.PROD) globalThis.addEventListener('load', () => void keepShell());
