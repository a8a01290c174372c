import 'antd/dist/reset.css'
import './app/app.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { startTexts } from './shared/text.ts'
import { showTheme } from './shared/theme.ts'

showTheme()
await startTexts()
createRoot(document.getElementById('root')!).render(<App />)
