import 'antd/dist/reset.css'
import './app/app.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { startTexts } from './shared/text.ts'
import { showTheme } from './shared/theme.ts'

// A page that was open before a new version came asks for files that are gone: it starts anew with what is there.
addEventListener('vite:preloadError', () => location.reload())
showTheme()
await startTexts()
createRoot(document.getElementById('root')!).render(<App />)
