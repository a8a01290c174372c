import { ApiError, newKey, type Problem } from './api.ts'

export interface StoredFile {
  id: string
  name: string
  size: number
}

/** Sends a file as it is, telling how far it has come. Throws `ApiError` as every request does. */
export function uploadFile(
  tenant: string,
  file: File,
  progress: (percent: number) => void,
): Promise<StoredFile> {
  const request = new XMLHttpRequest()
  request.open('POST', `/api/${tenant}/materials?name=${encodeURIComponent(file.name)}`)
  request.setRequestHeader('content-type', 'application/octet-stream')
  request.setRequestHeader('idempotency-key', newKey())
  request.upload.onprogress = (event) => progress(Math.round((event.loaded / Math.max(1, event.total)) * 100))
  return new Promise((resolve, reject) => {
    request.onload = () => {
      const body = parsed(request.responseText)
      if (request.status === 201) resolve(body as StoredFile)
      else
        reject(
          new ApiError(
            (body as Problem | undefined) ?? { title: '上传失败', status: request.status, code: 'unknown' },
          ),
        )
    }
    request.onerror = () =>
      reject(new ApiError({ title: '网络不通', status: 0, code: 'offline', detail: '上传中断, 请重试' }))
    request.send(file)
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
