import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';
import { shellFiles } from './build/shell-files.js';

export default defineConfig({
  base: '/console/',
  // Our own packages are read from their sources, so that a first start waits for no compiler.
  resolve: { conditions: ['source', ...defaultClientConditions] },
  plugins: [
    react(),
    shellFiles({
      worker: fileURLToPath(new URL('src/service-worker.ts', import.meta.url)),
      pages: /\/src\/features\/field-work\//,
    }),
  ],
  build: { target: 'es2022', sourcemap: false, chunkSizeWarningLimit: 900 },
  server: { proxy: { '/api': 'http://localhost:3000' } },
});
