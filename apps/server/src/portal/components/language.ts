/** The portal speaks zh-CN 中文 first and English second; any other wish is answered in zh-CN. */
export type Language = 'zh-CN' | 'en';
